// Credits, Settings and About: small pages that ask the studio once and show what it says.
(() => {
  const LOST = "The studio did not answer. Check your connection and try again.";

  async function asked(server, name, value = {}) {
    try { return (await server[name](value)) || {}; } catch { return { problem: LOST }; }
  }

  function once(element, mark) {
    const root = element.querySelector(`[${mark}]`);
    if (!root || root.dataset.ready) return null;
    root.dataset.ready = "yes";
    return root;
  }

  // What came after the page was drawn may be what its address points at.
  function jump() {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name) document.getElementById(name)?.scrollIntoView();
  }

  window.canvascastCredits = (element, server) => {
    const root = once(element, "data-credits");
    if (!root) return;
    const at = (name) => root.querySelector(`[data-${name}]`);
    let below = null, moving = false;

    function fail(words) {
      const place = at("problem");
      place.className = words ? "cc-notice bad" : "";
      place.textContent = words || "";
    }

    async function look() {
      const answer = await asked(server, "look");
      fail(answer.problem);
      if (!answer.wallet) return;
      if (at("wallet").innerHTML !== answer.wallet) at("wallet").innerHTML = answer.wallet;
      at("prices").innerHTML = answer.prices;
      if (!answer.signed_in) at("title")?.remove();
      at("ledger").hidden = !answer.signed_in;
      if (moving !== !!answer.moves) { window.canvascast?.refresh(); if (moving) await lines(null); }
      moving = !!answer.moves;
      return answer.signed_in;
    }

    async function lines(before) {
      const answer = await asked(server, "lines", { before });
      fail(answer.problem);
      if (!answer.rows) return;
      const rows = at("rows");
      const first = rows.children.length;
      if (before === null) rows.innerHTML = answer.rows; else rows.insertAdjacentHTML("beforeend", answer.rows);
      below = answer.below;
      at("more").hidden = below === null;
      if (before !== null) rows.children[first]?.querySelector("a")?.focus();
    }

    at("more").querySelector("button").addEventListener("click", () => lines(below));
    setInterval(() => { if (moving && !document.hidden) look(); }, 5000);
    look().then((signedIn) => { if (signedIn) lines(null); });
  };

  window.canvascastSettings = (element, server) => {
    const root = once(element, "data-settings");
    if (!root) return;

    const say = (place, words, tone) => {
      const box = place?.closest(".ac-inside")?.querySelector("[data-answer]");
      if (!box) return;
      box.className = words ? `ac-said cc-notice ${tone}` : "ac-said";
      box.setAttribute("role", tone === "bad" ? "alert" : "status");
      box.textContent = words || "";
    };

    function told(place, answer) {
      if (answer.signed_out) { location.reload(); return false; }
      say(place, answer.problem || answer.said || "", answer.problem ? "bad" : "good");
      if (answer.keys) root.querySelector("[data-keys]").innerHTML = answer.keys;
      return !answer.problem;
    }

    async function post(address, value) {
      try {
        const answer = await fetch(address, {
          method: "POST", credentials: "same-origin",
          headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(value),
        });
        const found = await answer.json().catch(() => ({}));
        return answer.ok ? found : { problem: found.message || found.error?.message || LOST };
      } catch { return { problem: LOST }; }
    }

    const sent = {
      rename: (form) => asked(server, "rename", { name: form.elements.name.value }),
      password: async (form) => {
        const answer = await post("/session/password", { password: form.elements.password.value });
        if (answer.problem) return answer;
        form.reset();
        return { said: "Your password was changed, and your other devices were signed out." };
      },
      create_key: async (form) => {
        const scopes = [...form.querySelectorAll("[name=scopes]:checked")].map((one) => one.value);
        const answer = await asked(server, "create_key", { name: form.elements.name.value, scopes, days: form.elements.days.value });
        if (answer.made) {
          root.querySelector("[data-made]").innerHTML = answer.made;
          form.elements.name.value = "";
          form.closest("details").open = false;
          root.querySelector("#st-made").select();
        }
        return answer;
      },
      close: async (form) => {
        const answer = await asked(server, "close", { typed: form.elements.typed.value });
        if (answer.closed) {
          await post("/session/sign-out", {});
          location.href = "/";
        }
        return answer;
      },
    };

    root.addEventListener("submit", async (event) => {
      const form = event.target, button = form.querySelector("button:not([type=button])");
      event.preventDefault();
      const act = sent[form.dataset.form];
      if (!act || button?.disabled) return;
      if (button) button.disabled = true;
      try { told(form, await act(form)); } finally { if (button) button.disabled = false; }
    });

    root.addEventListener("change", async (event) => {
      const field = event.target;
      if (field.name === "theme") window.canvascast?.choose(field.value);
      const form = field.closest("[data-form=letters]");
      if (form && !told(form, await asked(server, "letters", { [field.name]: field.checked }))) field.checked = !field.checked;
    });

    root.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.revoke && confirm("Revoke this key? Programs that use it stop working at once.")) {
        told(button, await asked(server, "revoke_key", { id: button.dataset.revoke }));
      } else if (button.dataset.out !== undefined) {
        const answer = await post("/session/sign-out", { everywhere: button.dataset.out === "everywhere" });
        if (told(button, answer)) location.href = "/";
      } else if (button.dataset.copy !== undefined) {
        const field = root.querySelector("#st-made");
        field.select();
        try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
        button.textContent = "Copied";
      }
    });

    asked(server, "look").then((answer) => {
      root.innerHTML = answer.page || `<h1>Settings</h1><p class="cc-notice bad" role="alert"></p>`;
      if (answer.problem) root.querySelector("[role=alert]").textContent = answer.problem;
      let theme = "system";
      try { theme = localStorage.getItem("cc-theme") || "system"; } catch { /* a frame without storage follows the system */ }
      const chosen = root.querySelector(`[name=theme][value="${CSS.escape(theme)}"]`);
      if (chosen) chosen.checked = true;
      jump();
    });
  };

  window.canvascastAbout = (element, server) => {
    const root = once(element, "data-about");
    if (!root) return;
    root.querySelectorAll("[data-site]").forEach((part) => { part.textContent = location.origin; });
    asked(server, "look").then((answer) => {
      if (answer.problem) {
        root.querySelector("[data-summary]").innerHTML = `<p class="cc-notice bad" role="alert"></p>`;
        root.querySelector("[role=alert]").textContent = answer.problem;
        return;
      }
      root.querySelector("[data-summary]").innerHTML = answer.summary;
      root.querySelector("[data-features]").innerHTML = answer.features;
      jump();
    });
  };
})();
