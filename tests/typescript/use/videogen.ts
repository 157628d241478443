// Not every error has its code on the wire.
import type { ErrorBody, KnownErrorCode } from "./errors/videogen";

export function read(body: ErrorBody): string {
  if (body.code === undefined) {
    return body.message;
  }
  if (body.code === "invalid_id") {
    const code: KnownErrorCode = body.code;
    return code;
  }
  // @ts-expect-error: the code of this error is kept off the wire
  if (body.code === "forbidden") {
    return "";
  }
  return body.code;
}
