import type { ErrorBody } from "./errors/every_slot";

export function read(body: ErrorBody): unknown {
  if (body.status === 402) {
    const code: "too_poor" | (string & {}) = body.code;
    return code;
  }
  const [version, two, nothing]: ["v1", 2, null] = body.fixed;
  if (body.code === "internal") {
    const details: null = body.details;
    return [details, version, two, nothing];
  }
  return body.act === "operator" ? body.more?.remedy : body.after;
}
