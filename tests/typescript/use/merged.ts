// Two services whose envelopes are alike.
import type { ErrorBody, ErrorsByCode } from "./errors/merged";

export const read = (body: ErrorBody): string => (body.error.code === "draft_pr_skipped" ? body.error.message : body.error.code);
export const status: ErrorsByCode["generation_failed"]["status"] = 500;
