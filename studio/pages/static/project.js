// The Project page in the browser. It takes what the page asked for and changes only what became different, so that
// what somebody plays goes on playing and what they hold keeps its place. It knows nothing that the page did not say.
(() => {
  const SOON_S = 600, RENEW_MS = 30_000, SAVE_MS = 1200, PATIENCE_MS = 4000, PROBLEM_MS = 20_000;
  const drawn = new Map(); // region -> { html, at }
  const pending = new Map(); // act -> when it was asked
  let act = null, called = "", chosen = "", moving = false, renewed = 0, taken = 0, saving = 0, complaining = 0, still = false, goal = "", newest = 0;
  const GOALS = { make: "live", retry: "live", hook: "live", version: "film" };

  const regions = (name) => document.querySelectorAll(`[data-region="${name}"]`);
  const now_s = () => Date.now() / 1000;

  // ---- what changed, and nothing else

  const isSame = (a, b) => a.nodeName === b.nodeName && a.dataset?.key === b.dataset?.key && a.dataset?.file === b.dataset?.file;

  function children(old, fresh) {
    const wanted = new Set([...fresh.children].map((one) => one.dataset.key).filter(Boolean));
    [...old.children].forEach((one) => { if (one.dataset.key && !wanted.has(one.dataset.key)) one.remove(); });
    const keyed = new Map([...old.children].filter((one) => one.dataset.key).map((one) => [one.dataset.key, one]));
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      const candidate = next.dataset?.key ? keyed.get(next.dataset.key) : at;
      if (!candidate || !isSame(candidate, next)) { old.insertBefore(next, at); continue; }
      if (candidate !== at) old.insertBefore(candidate, at);
      at = candidate.nextSibling;
      node(candidate, next);
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  }

  function node(old, next) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    if (old.dataset.file) {
      const link = next.getAttribute("src");
      if (link === old.getAttribute("src")) old.dataset.until = next.dataset.until;
      else Object.assign(old.dataset, { fresh: link, freshUntil: next.dataset.until });
      if ("broken" in old.dataset) swap(old);
    }
    if (still && old.dataset.key === "theatre") return;
    attributes(old, next);
    children(old, next);
  }

  function attributes(old, next) {
    // The browser's own: what is open, asked or busy, and the links of what may be playing.
    const own = new Set(["open", "data-fresh", "data-fresh-until", "data-broken", ...(next.dataset.own ?? "").split(" ")]);
    if (old.dataset.file) ["src", "poster", "data-until"].forEach((name) => own.add(name));
    for (const { name } of [...old.attributes]) if (!own.has(name) && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of [...next.attributes]) {
      if (!own.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }

  function patch(target, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const focused = document.activeElement;
    const wasInside = target.contains(focused);
    children(target, template.content);
    if (wasInside && document.activeElement !== focused) {
      if (!focused.isConnected) target.tabIndex = -1;
      (focused.isConnected ? focused : target).focus({ preventScroll: true });
    }
    target.querySelectorAll("video[autoplay]").forEach(roll);
  }

  // ---- sound and pictures

  function roll(video) {
    video.muted = true;
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) video.pause();
    else if (video.paused) video.play().catch(() => { /* a tab in the background rolls when it is looked at */ });
  }

  function holdStill(button) {
    still = !still;
    button.setAttribute("aria-pressed", String(still));
    document.querySelectorAll(".pj video[autoplay]").forEach(roll);
  }

  function swap(media) {
    const { fresh, freshUntil } = media.dataset;
    if (!fresh || fresh === media.getAttribute("src")) return false;
    const at = media.currentTime, playing = !media.paused;
    media.dataset.until = freshUntil;
    delete media.dataset.broken;
    media.setAttribute("src", fresh);
    if (media.nodeName === "IMG" || media.nodeName === "TRACK") return true;
    media.addEventListener("loadedmetadata", () => {
      media.currentTime = at;
      if (playing) media.play().catch(() => { /* its listener presses play again */ });
    }, { once: true });
    return true;
  }

  function renew(force) {
    if (!act || document.hidden || Date.now() - renewed < RENEW_MS && !force) return;
    renewed = Date.now();
    act("click", { act: "renew" });
  }

  function tend() {
    const ending = [...document.querySelectorAll(".pj [data-until]")].filter((one) => one.dataset.until - now_s() < SOON_S);
    if (!ending.length) return;
    const waiting = ending.filter((one) => !(one.paused !== false && swap(one)));
    if (waiting.some((one) => !one.dataset.freshUntil || one.dataset.freshUntil - now_s() < SOON_S)) renew(false);
  }

  document.addEventListener("error", (event) => {
    const broken = event.target;
    if (!broken.dataset?.file || !broken.closest(".pj")) return;
    broken.dataset.broken = "";
    if (!swap(broken)) renew(false);
  }, true);

  // ---- what the page says

  function take(text) {
    if (!text) return;
    const feed = JSON.parse(text);
    taken = Date.now();
    pending.clear();
    document.querySelectorAll(".pj [aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
    if (feed.problem || "strip" in feed.regions) complain(feed.problem);
    if (feed.problem) return;
    for (const [name, html] of Object.entries(feed.regions)) draw(name, html, feed.at);
    if (feed.at >= newest) settle(feed);
  }

  // What the page says as a whole. An answer that was overtaken no longer has a say in it.
  function settle(feed) {
    newest = feed.at;
    if (feed.title) called = feed.title;
    if (called) document.title = feed.prefix ? `${feed.prefix} \u00b7 ${called}` : called;
    if (feed.aspect) document.documentElement.style.setProperty("--pj-aspect", feed.aspect);
    if (feed.chosen !== undefined) chosen = feed.chosen;
    mark();
    if (feed.regions[goal]) go();
    say(feed.say);
    if (moving !== feed.moving) window.canvascast?.refresh?.();
    // A poll tells only what moves. Once nothing does, the rest of the page is asked for.
    if (!feed.moving && Object.keys(feed.regions).every((name) => name === "live")) renew(moving);
    moving = feed.moving;
  }

  // Whoever pressed a button far down is taken to what came of it.
  function go() {
    regions(goal).forEach((target) => {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "start", behavior: "smooth" });
    });
    goal = "";
  }

  function draw(name, html, at) {
    const before = drawn.get(name);
    if (before && before.at > at) return; // an answer that was overtaken
    drawn.set(name, { html, at });
    regions(name).forEach((target) => patch(target, html));
  }

  function mark() {
    document.querySelectorAll(".pj-scene[data-scene]").forEach((one) => {
      one.dataset.scene === chosen ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
    });
  }

  function say(words) {
    if (!words) return;
    regions("say").forEach((target) => { if (target.textContent !== words) target.textContent = words; });
  }

  // What could not be done stays in sight until something else was done, or long enough to be read.
  function complain(words) {
    if (words) goal = "";
    regions("problem").forEach((target) => { target.textContent = words; target.hidden = !words; });
    clearTimeout(complaining);
    if (words) complaining = setTimeout(complain, PROBLEM_MS, "");
  }

  // Gradio calls this when it has made the place for a region, also when it makes it anew.
  function attach(element, trigger) {
    element.querySelectorAll("[data-region]").forEach((target) => {
      if (target.dataset.region === "head") act = trigger;
      if (drawn.has(target.dataset.region)) patch(target, drawn.get(target.dataset.region).html);
    });
    mark();
  }

  // ---- what people do

  function ask(button, open) {
    const row = button.closest("[data-asks]");
    row.querySelector("[data-first]").hidden = open;
    row.querySelector("[data-then]").hidden = !open;
    row.querySelector(open ? "[data-then] button" : "[data-first] button").focus();
  }

  async function copy(button) {
    const text = document.getElementById(button.dataset.from)?.textContent ?? "";
    try { await navigator.clipboard.writeText(text); } catch { selectAndCopy(button.dataset.from); }
    const before = button.textContent;
    button.textContent = "Copied";
    say(`Copied: ${button.dataset.what}.`);
    setTimeout(() => { button.textContent = before; }, 1800);
  }

  function selectAndCopy(id) {
    getSelection().selectAllChildren(document.getElementById(id));
    document.execCommand("copy");
  }

  function seek(button) {
    const film = document.querySelector(".pj-screen video");
    if (!film) return;
    film.currentTime = Number(button.dataset.at) + 0.05;
    film.scrollIntoView({ block: "center", behavior: "smooth" });
    film.play().catch(() => { /* it stands at the right place */ });
  }

  const OWN = { ask: (one) => ask(one, true), no: (one) => ask(one, false), copy, seek, still: holdStill };

  function pressed(button) {
    const { act: what, own: _own, ...data } = button.dataset;
    if (OWN[what]) { OWN[what](button); return; }
    const name = JSON.stringify([what, data]);
    if (!act || Date.now() - (pending.get(name) ?? 0) < PATIENCE_MS) return;
    pending.set(name, Date.now());
    goal = GOALS[what] ?? "";
    if (what === "choose") { chosen = data.scene; mark(); } else button.setAttribute("aria-busy", "true");
    act("click", { act: what, ...data });
  }

  function save() {
    clearTimeout(saving);
    if (!saving) return;
    saving = 0;
    document.querySelector("#pj-save")?.click();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".pj [data-act]");
    if (button) pressed(button);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("#pj-panel textarea, #pj-panel input[type=text]")) return;
    clearTimeout(saving);
    saving = setTimeout(save, SAVE_MS);
  });
  document.addEventListener("focusout", (event) => { if (event.target.closest?.("#pj-panel")) { clearTimeout(saving); saving = 0; } });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
    else if (Date.now() - taken > RENEW_MS) renew(true);
  });
  setInterval(tend, 15_000);

  // The page may be drawn before this script is here: it then leaves what it has to say in a line.
  const calls = { attach, take };
  const line = window.canvascastProject ?? [];
  window.canvascastProject = { push: ([name, ...rest]) => calls[name](...rest) };
  line.forEach(window.canvascastProject.push);
})();
