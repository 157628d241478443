// A list of errors, of which each has its code.
import type { ErrorBody } from "./errors/json_api";

export function read(body: ErrorBody): Array<string | number> {
  const all: Array<string | number> = [];
  for (const error of body.errors) {
    if (error.code === "too_poor") {
      all.push(error.meta.need);
    } else if (error.code === "invalid" && "source" in error) {
      all.push(error.source.pointer, error.meta.message);
    } else {
      all.push(error.detail);
    }
  }
  return all;
}
