// The Admin page: its address says what it shows; links and filters change the address without loading the page anew.
(() => {
  window.canvascastAdmin = (element, server) => {
    const view = element.querySelector("[data-view]"), said = element.querySelector("[data-said]");
    let asked = 0;

    const query = () => Object.fromEntries(new URLSearchParams(location.search));

    async function show(quiet) {
      const number = ++asked;
      if (!quiet) view.setAttribute("aria-busy", "true");
      let answer;
      try { answer = await server.show(query()); } catch { answer = { html: notice("bad", "The studio does not answer. Try again in a moment.") }; }
      if (number !== asked) return;
      view.removeAttribute("aria-busy");
      view.innerHTML = answer.html;
      if (answer.title && !quiet) say(answer.title);
    }

    function notice(tone, words) {
      const box = document.createElement("div");
      box.className = `cc-notice ${tone}`;
      box.setAttribute("role", tone === "bad" ? "alert" : "status");
      box.textContent = words;
      return box.outerHTML;
    }

    function say(words) { said.textContent = words; }

    function go(address) {
      history.pushState({}, "", address);
      return show();
    }

    async function act(given, place) {
      place.disabled = true;
      let answer;
      try { answer = await server.act(given); } catch { answer = { problem: "The studio does not answer. Nothing was done." }; }
      if (answer.said) await show(true);
      place.disabled = false;
      view.querySelector(".ad-told")?.remove();
      const told = document.createElement("div");
      told.className = "ad-told";
      told.innerHTML = notice(answer.problem ? "bad" : "good", answer.problem ?? answer.said);
      view.prepend(told);
      told.scrollIntoView({ block: "nearest" });
      window.canvascast?.refresh();
    }

    element.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='/admin?']");
      if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
        event.preventDefault();
        go(link.getAttribute("href"));
        return;
      }
      const button = event.target.closest("button[data-act]");
      if (button && (!button.dataset.confirm || confirm(button.dataset.confirm))) act({ ...button.dataset }, button);
    });

    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target, values = Object.fromEntries(new FormData(form));
      if (form.dataset.act) { act({ ...form.dataset, ...values }, form.querySelector("[type=submit]")); return; }
      const wanted = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
      go(`/admin?${wanted}`).then(() => element.querySelector("[type=search]")?.focus());
    });

    element.addEventListener("toggle", async (event) => {
      const details = event.target, place = details.querySelector?.("[data-steps-of]");
      if (!details.open || !place || place.childElementCount) return;
      place.innerHTML = (await server.steps({ job: details.dataset.steps })).html;
    }, true);

    addEventListener("popstate", () => { if (element.isConnected) show(); });
    show();
  };
})();
