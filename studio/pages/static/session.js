// Signing in. What is typed goes straight to the session's routes; in a frame on another site, letters and Google take
// a window of their own, which hands the session over.
(() => {
  const FIELD = { email_invalid: "email", email_taken: "email", password_weak: "password", sign_in_failed: "password" };
  const framed = window.top !== window.self;
  const query = new URLSearchParams(location.search);
  const handoff = query.get("handoff") === "1" && window.opener !== null;
  let carried = null;

  // Where to go on: inside the studio, whatever the address says.
  function within(path) {
    const place = path && URL.canParse(path, location.origin) ? new URL(path, location.origin) : null;
    return place && place.origin === location.origin ? place.pathname + place.search : "/";
  }

  async function post(address, body) {
    const answer = await fetch(address, {
      method: "POST", credentials: "same-origin", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(said.message || "That did not work. Try again in a moment."), { code: said.error || "" });
    return said;
  }

  function show(door, view) {
    const views = [...door.querySelectorAll("[data-view]")];
    const chosen = views.find((one) => one.dataset.view === view) || views[0];
    views.forEach((one) => { one.hidden = one !== chosen; });
    const typed = [...door.querySelectorAll("input[name=email]")].map((one) => one.value).find(Boolean);
    const field = chosen.querySelector("input[name=email]");
    if (field && typed) field.value = typed;
    return chosen;
  }

  function turn(door, view) {
    const first = show(door, view).querySelector("input:not([hidden]), button, a");
    first?.focus({ preventScroll: true });
  }

  function clear(form) {
    form.querySelectorAll("[data-error]").forEach((one) => { one.textContent = ""; });
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    form.querySelector("[data-problem]").hidden = true;
  }

  function complain(form, name, words) {
    const field = form.querySelector(`input[name=${name}]:not([hidden])`), place = form.querySelector(`[data-error=${name}]`);
    if (!field || !place) {
      const problem = form.querySelector("[data-problem]");
      problem.textContent = words;
      problem.hidden = false;
      return;
    }
    place.textContent = words;
    field.setAttribute("aria-invalid", "true");
    field.focus();
    said(form, words);
  }

  function said(part, words) {
    const place = part.closest("[data-door], #sd-door")?.querySelector("[data-said]");
    if (place) place.textContent = words;
  }

  function missing(form) {
    for (const field of form.querySelectorAll("input[required]")) {
      if (!field.value.trim()) return [field.name, field.name === "email" ? "Write your e-mail address." : "Write your password."];
      if (field.minLength > 0 && field.value.length < field.minLength) return [field.name, `A password has at least ${field.minLength} characters.`];
    }
    return null;
  }

  async function send(form) {
    clear(form);
    const lacks = missing(form);
    if (lacks) return complain(form, ...lacks);
    const view = form.dataset.view, button = form.querySelector("button.sd-wide");
    if (button.getAttribute("aria-busy") === "true") return undefined;
    button.setAttribute("aria-busy", "true");
    try {
      await carried;
      await arrived(form, view, await post(form.getAttribute("action"), wish(form, view)));
    } catch (error) {
      complain(form, FIELD[error.code] || "form", error.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
    return undefined;
  }

  function wish(form, view) {
    const typed = Object.fromEntries([...form.querySelectorAll("input[name]:not([hidden])")].map((one) => [one.name, one.name === "password" ? one.value : one.value.trim()]));
    return view === "in" || view === "up" ? { ...typed, framed, handoff, next: within(query.get("next")) } : typed;
  }

  async function arrived(form, view, answer) {
    const door = form.closest("[data-door], #sd-door");
    if (answer.handed_over) return done(door);
    if (answer.sent || answer.letter) {
      door.querySelectorAll("[data-address]").forEach((one) => { one.textContent = form.querySelector("input[name=email]").value; });
      return turn(door, "letter");
    }
    if (view === "password") return location.assign("/");
    return inside(door, answer.next || "/");
  }

  function inside(door, next) {
    // A page that only wants somebody signed in takes it from here.
    if (door.dispatchEvent(new CustomEvent("canvascast:signed-in", { bubbles: true, cancelable: true, detail: { next } }))) location.assign(next);
  }

  function done(door) {
    show(door, "done");
    setTimeout(() => window.close(), 600);
  }

  // In the frame: open a window, tell it the number, and ask until somebody has signed in there.
  function elsewhere(door, view) {
    const opened = window.open(`/sign-in?handoff=1&view=${view}`, "canvascast-door", "popup,width=480,height=760");
    if (!opened) return say(door, "Allow this page to open a window, then try again.");
    say(door, "Go on in the window that has opened. This page waits for you.");
    const number = post("/session/handoff", {});
    const tell = async (event) => {
      if (event.source !== opened || event.origin !== location.origin || event.data?.canvascast !== "ready") return;
      opened.postMessage({ canvascast: "number", nonce: (await number).nonce }, location.origin);
    };
    addEventListener("message", tell);
    return number.then(({ nonce }) => wait(door, nonce)).catch((error) => say(door, error.message)).finally(() => removeEventListener("message", tell));
  }

  async function wait(door, nonce) {
    for (let times = 0; times < 300; times += 1) {
      await new Promise((over) => setTimeout(over, 2000));
      if ((await post("/session/handoff/take", { nonce })).signed_in) return inside(door, within(query.get("next") || location.pathname + location.search));
    }
    throw new Error("That took too long. Start signing in again.");
  }

  function say(door, words) {
    const place = [...door.querySelectorAll("[data-view]")].find((one) => !one.hidden)?.querySelector("[data-problem]");
    if (!place) return;
    place.classList.replace("bad", "info");
    place.textContent = words;
    place.hidden = false;
  }

  // In the window: everything from now on is for the frame that opened it, and for no other page.
  function carry() {
    carried = new Promise((over) => {
      addEventListener("message", async (event) => {
        if (event.source !== window.opener || event.origin !== location.origin || event.data?.canvascast !== "number") return;
        await post("/session/handoff/carry", { nonce: event.data.nonce });
        over();
      });
    });
    window.opener.postMessage({ canvascast: "ready" }, location.origin);
    return carried;
  }

  async function google(link) {
    const door = link.closest("[data-door], #sd-door");
    if (framed) return elsewhere(door, "google");
    await carried;
    return location.assign(`/auth/google?${new URLSearchParams({ next: within(query.get("next")), ...(handoff ? { handoff: "1" } : {}) })}`);
  }

  async function leave(everywhere) {
    await post("/session/sign-out", { everywhere });
    location.assign("/sign-in");
  }

  async function open(door) {
    const view = query.get("view") || "in";
    show(door, view);
    if (handoff) {
      await carry();
      if (view === "google") return google(door.querySelector("[data-google]"));
      return undefined;
    }
    const who = await window.canvascast.session().catch(() => ({}));
    door.querySelectorAll("[data-owner]").forEach((one) => { one.hidden = !who.owner_here || who.signed_in; });
    if (view === "password" && !who.signed_in) return show(door, "forgot");
    const name = door.querySelector("form[data-view=password] input[name=email]");
    if (name) name.value = who.email || "";
    if (who.signed_in && view !== "password") {
      show(door, "inside");
      door.querySelector("[data-who]").textContent = who.name ? `As ${who.name} (${who.email}).` : `As ${who.email}.`;
    }
    return undefined;
  }

  function reveal(button) {
    const field = button.parentElement.querySelector("input"), shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide the password" : "Show the password");
  }

  const doorOf = (part) => part.closest("[data-door], #sd-door");

  document.addEventListener("submit", (event) => {
    if (!doorOf(event.target)) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("click", (event) => {
    const part = event.target.closest("[data-turn], [data-show], [data-google], [data-owner-go], [data-out]"), door = part && doorOf(part);
    if (!door) return;
    if (part.dataset.turn) return framed && part.dataset.turn === "link" ? elsewhere(door, "link") : turn(door, part.dataset.turn);
    if (part.hasAttribute("data-show")) return reveal(part);
    if (part.hasAttribute("data-google")) { event.preventDefault(); return google(part); }
    if (part.hasAttribute("data-owner-go")) return post("/session/owner", {}).then(() => inside(door, within(query.get("next"))));
    return leave(part.dataset.out === "everywhere");
  });
  window.canvascast = Object.assign(window.canvascast || {}, { post, leave, door: show });
  window.canvascastDoor = (element) => open(element.querySelector("#sd-door"));
})();
