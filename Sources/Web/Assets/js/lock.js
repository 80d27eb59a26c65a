// The lock screen: covers the page when nobody has touched it for as long as the server says, or when somebody presses
// "Lock", and opens it again in place. What was typed stays; the server locks the session besides.
const template = document.querySelector("template[data-lock]");

function guard({ lock, csrf, after, standing, ended }) {
  const patience = Number(after) * 1000;
  // Every page of this session knows what the others do.
  const others = new BroadcastChannel(`lock ${lock}`);
  let touched = Date.now();
  let told = touched;
  let cover = null;

  const form = (fields) => ({
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(fields),
  });

  function close(isFirst) {
    if (cover) return;
    cover = document.importNode(template.content, true).querySelector("dialog");
    cover.addEventListener("cancel", (event) => event.preventDefault());
    cover.addEventListener("close", () => cover?.showModal());
    cover.addEventListener("submit", (event) => {
      if (event.target.matches("[data-unlock]")) open(event);
    });
    document.documentElement.classList.add("locked");
    document.body.append(cover);
    cover.showModal();
    if (!isFirst) return;
    others.postMessage("lock");
    // Away or not, the page is covered; a session that nobody uses locks by itself.
    fetch(lock, { ...form({ csrf }), keepalive: true }).catch(() => {});
  }

  function uncover() {
    const dialog = cover;
    cover = null;
    touched = Date.now();
    document.documentElement.classList.remove("locked");
    dialog?.close();
    dialog?.remove();
  }

  async function open(event) {
    event.preventDefault();
    const sent = event.target;
    const problem = sent.querySelector("[data-passkey-problem]");
    const button = sent.querySelector("button:not([type=button])");
    if (button.hasAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    problem.hidden = true;
    let sentence = "We cannot be reached at the moment. Please try again shortly.";
    try {
      const answer = await fetch(sent.dataset.unlock, form(new FormData(sent)));
      if (answer.ok) {
        uncover();
        others.postMessage("open");
        return;
      }
      sentence = (await answer.json()).detail;
    } catch {
      // The sentence above says it.
    } finally {
      button.removeAttribute("aria-busy");
    }
    for (const name of ["code", "passkey", "recovery"]) sent.elements.namedItem(name).value = "";
    problem.textContent = sentence;
    problem.hidden = false;
  }

  function touch() {
    if (cover) return;
    touched = Date.now();
    if (touched - told < 5000) return;
    told = touched;
    others.postMessage("touch");
  }

  function check() {
    if (Date.now() - touched >= patience) close(true);
  }

  // Whoever is signed out from elsewhere leaves no page behind. It asks by the session's own number and without a sign-in,
  // so that looking does not keep the session awake.
  async function stand() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(standing, { credentials: "omit", cache: "no-store" });
      if (answer.status === 410) location.replace(ended);
    } catch {
      // Nobody answers; the page still covers itself at its time.
    }
  }

  others.addEventListener("message", ({ data }) => {
    if (data === "touch") touched = Date.now();
    if (data === "lock") close(false);
    if (data === "open" && cover) uncover();
  });
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(kind, touch, { capture: true, passive: true });
  }
  for (const kind of ["pageshow", "visibilitychange"]) addEventListener(kind, check, { capture: true });
  setInterval(check, 5000);
  document.addEventListener("visibilitychange", stand);
  setInterval(stand, 15_000);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lock-now]")) return;
    event.preventDefault();
    close(true);
  });
}

if (template) guard(template.dataset);
