import type { ErrorBody, ErrorCode, ErrorsByCode, KnownErrorCode, UnknownErrorCode } from "./errors/story";

export function fields(body: ErrorBody): string[] {
  if (body.error.code === "invalid_request") {
    return (body.error.details ?? []).map((field: unknown) => JSON.stringify(field));
  }
  if (body.error.code === "not_found") {
    const none: undefined = body.error.details;
    return [String(none)];
  }
  return [];
}

export function taken_apart({ error: { code, details } }: ErrorBody): string {
  switch (code) {
    case "invalid_request":
      return String(details?.length satisfies number | undefined);
    case "invalid_id":
      return String(details satisfies undefined);
    default:
      return code;
  }
}

export function known_or_not(code: ErrorCode, known: KnownErrorCode, unknown: UnknownErrorCode): string {
  const any: ErrorCode = known;
  const text: string = unknown;
  // @ts-expect-error: a text is no known code
  const wrong: KnownErrorCode = code;
  return any + text + wrong;
}

export const limit: ErrorsByCode["rate_limit_exceeded"]["status"] = 429;
// @ts-expect-error: another status
export const other: ErrorsByCode["rate_limit_exceeded"]["status"] = 430;
export const wait = (headers: ErrorsByCode["rate_limit_exceeded"]["headers"]): string | undefined => headers["retry-after"];
// It is an error inside a resource, and answers no request.
export const none: ErrorsByCode["failed"]["status"] = null;
