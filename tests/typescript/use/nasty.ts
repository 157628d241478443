// Codes and details that would end a text or a comment, or are words of the language.
import type { ErrorBody, ErrorsByCode, KnownErrorCode } from "./errors/nasty";

export const codes: KnownErrorCode[] = ["*/ export type X = never; /*", "1003", "", "constructor", "__proto__", "größe §"];
export const both: Array<ErrorsByCode["1003"]["status"]> = [402, 503];

export function read(body: ErrorBody): number {
  switch (body.error.code) {
    case "1003":
      return body.error.details["1003"];
    case "*/ export type X = never; /*":
      return body.error.details["*/ export type X = never; /*"];
    case "constructor":
      return body.error.details.constructor;
    default:
      return 0;
  }
}
