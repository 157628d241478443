import type { ErrorBody, KnownErrorBody } from "./errors/pull_story";

const RETRIED = { github_upstream_error: true, generation_failed: true } as const;

export const is_retried = (body: ErrorBody): boolean => body.error.code in RETRIED;
export const is_known: (body: KnownErrorBody) => ErrorBody = (body) => body;
