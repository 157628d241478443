import type { ErrorBody, ErrorCode, KnownErrorCode } from "./errors/empty";

export const code: ErrorCode = "anything";
// @ts-expect-error: none is known
export const known: KnownErrorCode = "anything";
export const body: ErrorBody = { error: { code: "anything", message: "Any text." } };
