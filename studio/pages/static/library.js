// The library: looks for films while somebody types, and asks again only while something is being made.
window.canvascastLibrary = (element, server) => {
  const root = element.querySelector("[data-library]");
  if (!root || root.dataset.ready) return;
  root.dataset.ready = "yes";
  const PAGE = 24, QUIET_MS = 220, POLL_MS = 4000, STAYS_MS = 30_000;
  const at = (name) => element.querySelector(`[data-${name}]`);
  const list = at("cards"), more = at("more"), nothing = at("nothing"), undo = at("undo"), tools = at("tools");
  const search = root.querySelector("#lb-search");
  let below = "", moving = false, turn = 0, typing = 0, leaving = 0, undone = null;

  const asked = () => ({ search: search.value.trim(), state: tools.querySelector("input[name=lb-state]:checked").value });
  const say = (words) => { at("said").textContent = words; };
  const fail = (words) => {
    at("problem").hidden = !words;
    at("problem").firstElementChild.textContent = words || "";
  };

  async function call(name, value) {
    let answer;
    try { answer = await server[name](value); } catch { answer = { problem: "The studio did not answer. Check your connection and try again." }; }
    if (answer?.signed_out) answer = await server.cards({});
    if (answer?.instead) {
      moving = false;
      root.hidden = true;
      root.replaceChildren();
      at("instead").innerHTML = answer.instead;
      return {};
    }
    fail(answer?.problem);
    return answer || {};
  }

  // A card is touched only where it changed, and keeps the keyboard's place in it.
  function write(cards, keep) {
    const made = new Map([...list.children].map((one) => [one.dataset.id, one]));
    const held = document.activeElement?.closest?.(".lb-card")?.dataset.id, act = document.activeElement?.dataset?.act;
    const rows = cards.map((card) => {
      const there = made.get(card.id);
      if (there?.said === card.html) return there;
      const box = document.createElement("template");
      box.innerHTML = card.html;
      const row = box.content.firstElementChild;
      row.said = card.html;
      if (there && !there.contains(document.activeElement)) there.replaceWith(row);
      return row;
    });
    if (keep) list.append(...rows); else list.replaceChildren(...rows);
    if (held && !list.contains(document.activeElement)) {
      const row = list.querySelector(`[data-id="${CSS.escape(held)}"]`);
      (row?.querySelector(act ? `[data-act=${act}]` : "a") || row?.querySelector("button"))?.focus({ preventScroll: true });
    }
  }

  async function show({ quietly = false } = {}) {
    const mine = ++turn, shown = list.querySelectorAll(".lb-card[data-id]").length;
    if (!quietly) list.setAttribute("aria-busy", "true");
    const limit = quietly ? Math.min(200, Math.max(PAGE, shown)) : PAGE;
    const answer = await call("cards", { ...asked(), limit });
    if (mine !== turn || !answer.cards) return;
    list.removeAttribute("aria-busy");
    write(answer.cards);
    settle(answer);
    if (!quietly) say(answer.cards.length ? `${answer.cards.length}${answer.below ? " or more" : ""} film${answer.cards.length === 1 ? "" : "s"}` : nothing.textContent);
  }

  function settle(answer) {
    below = answer.below;
    more.hidden = !below;
    if (nothing.innerHTML !== answer.nothing) nothing.innerHTML = answer.nothing;
    list.hidden = !!answer.nothing;
    const { search: words, state } = asked();
    const isFirst = !!answer.nothing && !words && !state;
    tools.hidden = isFirst;
    root.querySelector(".lb-head .cc-button").hidden = isFirst;
    moving = answer.cards.some((card) => card.moves) || (moving && !answer.cards.length);
    const query = new URLSearchParams(location.search);
    words ? query.set("q", words) : query.delete("q");
    state ? query.set("state", state) : query.delete("state");
    // Gradio's pages have a base of their own, so the address is whole.
    history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
  }

  async function showMore() {
    const first = list.children.length, mine = ++turn;
    const answer = await call("cards", { ...asked(), before: below });
    if (mine !== turn || !answer.cards) return;
    const was = moving;
    write(answer.cards, true);
    settle({ ...answer, nothing: "" });
    moving = moving || was;
    say(`${answer.cards.length} more`);
    list.children[first]?.querySelector("a, button")?.focus();
  }

  async function clear() {
    search.value = "";
    tools.querySelector("input[name=lb-state][value='']").checked = true;
    await show();
    search.focus();
  }

  function offer(words, again) {
    clearTimeout(leaving);
    undone = again;
    undo.querySelector("span").textContent = words;
    undo.querySelector("[data-act=undo]").hidden = !again;
    undo.hidden = false;
    leaving = setTimeout(dismiss, STAYS_MS);
  }

  function dismiss() {
    if (undo.matches(":hover, :focus-within")) { leaving = setTimeout(dismiss, STAYS_MS); return; }
    undo.hidden = true;
    undone = null;
  }

  const acts = {
    async duplicate(card) {
      const copy = crypto.randomUUID ? crypto.randomUUID() : ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
      const answer = await call("duplicate", { id: card.dataset.id, copy });
      if (!answer.id) return;
      if (asked().search) search.value = "";
      tools.querySelector("input[name=lb-state][value='']").checked = true;
      await show();
      offer(`“${card.dataset.title}” was copied. The copy stands first.`, null);
      list.querySelector(`[data-id="${CSS.escape(answer.id)}"] a`)?.focus();
    },
    async delete(card) {
      const next = card.nextElementSibling || card.previousElementSibling;
      const stopped = ["making", "waiting"].includes(card.dataset.state) ? " What was being made of it stopped, and its credits came back." : "";
      const answer = await call("delete", { id: card.dataset.id });
      if (answer.problem || root.hidden) return;
      if (stopped) window.canvascast?.refresh();
      card.remove();
      offer(`Deleted.${stopped}`, async () => {
        const back = await call("restore", { id: card.dataset.id });
        if (back.problem || root.hidden) return;
        await show();
        list.querySelector(`[data-id="${CSS.escape(card.dataset.id)}"] a`)?.focus();
      });
      undo.querySelector("[data-act=undo]").focus({ preventScroll: true });
      await show({ quietly: true });
      if (next) next.scrollIntoView({ block: "nearest" });
    },
    async restore(card) {
      const answer = await call("restore", { id: card.dataset.id });
      if (answer.problem || root.hidden) return;
      card.remove();
      offer(`“${card.dataset.title}” is back in your library.`, null);
      await show({ quietly: true });
    },
  };

  element.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button || button.disabled) return;
    const act = button.dataset.act;
    if (act === "clear") return clear();
    if (act === "dismiss") { undo.hidden = true; undone = null; return; }
    if (act === "undo") { const again = undone; undo.hidden = true; undone = null; return again?.(); }
    button.disabled = true;
    try { await acts[act]?.(button.closest(".lb-card")); } finally { button.disabled = false; }
  });
  // A picture that cannot be had leaves the colour behind it.
  list.addEventListener("error", (event) => { if (event.target.tagName === "IMG") event.target.remove(); }, true);
  more.querySelector("button").addEventListener("click", showMore);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(show, event.target === search ? QUIET_MS : 0);
  });
  setInterval(() => { if (moving && !document.hidden && !list.hasAttribute("aria-busy")) show({ quietly: true }); }, POLL_MS);
  addEventListener("focus", () => { if (!root.hidden) show({ quietly: true }); });

  const query = new URLSearchParams(location.search);
  search.value = query.get("q") || "";
  const wanted = tools.querySelector(`input[name=lb-state][value="${CSS.escape(query.get("state") || "")}"]`);
  if (wanted) { wanted.checked = true; wanted.parentElement.scrollIntoView({ block: "nearest", inline: "center" }); }
  show();
};
