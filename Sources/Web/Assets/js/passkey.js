// Passkeys (WebAuthn) for every form that offers them.
//
// A button with `data-passkey="get"` or `"create"` stands in a form that has a hidden field `passkey`. `data-options` is
// where the options come from, as JSON in the form WebAuthn defines for it; with `data-send` the form's own fields are
// posted there. What the device answers goes into the field, and the form is sent. What went wrong is told in the form's
// `[data-passkey-problem]`. A form with `data-passkey-autofill` also offers passkeys in the list of its e-mail field.
// Elements of class `with-passkey` are there only where this works, those of class `without-passkey` only elsewhere.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

const sentences = {
  NotAllowedError: "Nothing was confirmed. Try again, or use another way.",
  InvalidStateError: "This device holds a passkey of yours for this page already.",
  NotSupportedError: "This device cannot make a passkey that fits here. Try another one.",
  SecurityError: "Passkeys work only at the address this page is meant to have.",
};

class Problem extends Error {}

async function options(button) {
  const { form, dataset } = button;
  const sent = "send" in dataset ? { method: "POST", body: new URLSearchParams(new FormData(form)) } : {};
  const answer = await fetch(dataset.options, { ...sent, headers: { Accept: "application/json" } });
  const given = await answer.json();
  // The page that asks who is there comes as the answer to the form.
  if (given.code === "step_up_required" || given.code === "locked") return void form.requestSubmit();
  if (!answer.ok) throw new Problem(given.detail);
  return {
    ...given,
    challenge: bytes(given.challenge),
    ...(given.user && { user: { ...given.user, id: bytes(given.user.id) } }),
    ...(given.allowCredentials && { allowCredentials: known(given.allowCredentials) }),
    ...(given.excludeCredentials && { excludeCredentials: known(given.excludeCredentials) }),
  };
}

// PublicKeyCredential.toJSON(), which not every browser and password manager has.
function written(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const texts = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: { ...Object.fromEntries(texts), transports: response.getTransports?.() },
  });
}

function tell(form, sentence) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

let waiting = null;

async function ask(button, mediation) {
  waiting?.abort();
  const { form } = button;
  const own = (waiting = new AbortController());
  try {
    const publicKey = await options(button);
    if (!publicKey) return;
    if (publicKey.allowCredentials?.length === 0 && "own" in button.dataset) {
      throw new Problem("You have no passkey yet. Use your password and the code from your app.");
    }
    const wish = { publicKey, signal: own.signal, ...(mediation && { mediation }) };
    const credential =
      button.dataset.passkey === "create"
        ? await navigator.credentials.create(wish)
        : await navigator.credentials.get(wish);
    form.elements.namedItem("passkey").value = written(credential);
    // One proof or the other: what a password manager has filled in stays behind.
    for (const name of ["password", "code", "recovery"]) {
      const field = form.elements.namedItem(name);
      if (field) field.value = "";
    }
    form.requestSubmit();
  } catch (error) {
    if (own.signal.aborted || mediation) return;
    tell(form, error instanceof Problem ? error.message : sentences[error.name] ?? "This did not work. Try again, or use another way.");
  } finally {
    if (waiting === own) waiting = null;
  }
}

// The answer must come within five minutes of the options, so that the list in the field is renewed before.
async function offer(form) {
  const button = form.querySelector("[data-passkey]");
  const renewed = 4 * 60 * 1000;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const again = () => !document.hidden && (!waiting || waiting.isOffer) && start();
  const start = () => {
    ask(button, "conditional");
    if (waiting) waiting.isOffer = true;
  };
  start();
  setInterval(again, renewed);
}

if (window.PublicKeyCredential && window.isSecureContext) {
  document.documentElement.classList.add("has-passkeys");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-passkey]");
    if (!button) return;
    tell(button.form, "");
    button.setAttribute("aria-busy", "true");
    ask(button).finally(() => button.removeAttribute("aria-busy"));
  });
  const form = document.querySelector("form[data-passkey-autofill]");
  if (form) offer(form);
  // A page taken from the browser's memory must not send an old answer.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const field of document.querySelectorAll("input[name=passkey]")) field.value = "";
  });
}
