// Details are members beside those of the problem.
import type { ErrorBody } from "./errors/problem";

export function read(body: ErrorBody): string | number {
  if (body.code === "too_poor") {
    const status: 402 = body.status;
    return body.need + status;
  }
  if (body.code === "invalid") {
    return body.errors?.map((error) => error.pointer).join() ?? "";
  }
  // @ts-expect-error: not of every error
  body.need;
  return body.title;
}

export function later(body: ErrorBody): unknown {
  switch (body.code) {
    case "too_poor":
    case "invalid":
    case "too_many":
    case "names":
    case "internal":
      return body.status;
    default:
      // Whatever there may be beside them.
      return body["reset_at"];
  }
}
