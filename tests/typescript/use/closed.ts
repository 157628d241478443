// No further codes will come, so all of them can be gone through.
import type { ErrorBody, ErrorCode } from "./errors/closed";

export function read(body: ErrorBody): number {
  switch (body.error.code) {
    case "too_poor":
      return body.error.details.need;
    case "invalid":
    case "too_many":
    case "names":
    case "internal":
      return 0;
  }
}

// @ts-expect-error: none but these
export const code: ErrorCode = "brand_new";
