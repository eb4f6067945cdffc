// Who this browser is to the chat, and how it asks. The secret never stands in an address.
import { config } from "./config.js";
import { keep, kept } from "./store.js";

const BYTES = 32; // 256 bits
let passport = "";

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
export const random = (bytes = 16) => base64url(crypto.getRandomValues(new Uint8Array(bytes)));

const secret = () => {
  if (!kept("secret")) keep("secret", random(BYTES));
  return kept("secret");
};

// Is there anything of this visitor that the server may know?
export const isKnown = () => Boolean(passport || kept("begun"));

// Begin anew as nobody: what was written before is not reachable from here any more.
export const renew = () => ["secret", "begun", "member", "who", "draft"].forEach((name) => keep(name, undefined));

// The site says who is signed in there, or that nobody is. Returns whether this is somebody else now.
export const signIn = (signed) => {
  const before = passport, wasMember = Boolean(kept("member"));
  passport = signed;
  if (!signed && wasMember) renew();
  if (signed) keep("member", true);
  return before !== signed || (!signed && wasMember);
};

export class Refused extends Error {
  constructor(status, code, waitS) {
    super(code);
    Object.assign(this, { status, code, waitS });
  }
}

// Ask one of the chat's addresses. Throws Refused, or what fetch throws when there is no line.
export async function ask(path, { method = "GET", body, headers = {}, signal } = {}) {
  const answer = await fetch(`/chat/${encodeURIComponent(config.key)}/${path}`, {
    method,
    signal,
    cache: "no-store",
    credentials: "omit",
    keepalive: method === "POST" && !(body instanceof Blob),
    headers: {
      Authorization: `Visitor ${secret()}`,
      ...(passport && { "Jumper-Identity": passport }),
      ...(body && !(body instanceof Blob) && { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body instanceof Blob ? body : body && JSON.stringify(body),
  });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, told.error ?? "", Number(answer.headers.get("Retry-After")) || 0);
}
