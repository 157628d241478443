// The code stands in the member `error`.
import type { ErrorBody } from "./errors/runs";

export function run(body: ErrorBody): string | undefined {
  if (body.error === "insufficient_credits") {
    return body.run_id;
  }
  // @ts-expect-error: there is no such code
  if (body.error === "insufficient_credit") {
    return "";
  }
  return body.message;
}
