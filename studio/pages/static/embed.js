// The small Create in a frame: asks what notes carry, signs in inside the frame, starts the film and watches it.
(() => {
  const QUIET_MS = 600, EVERY_MS = 3000;
  const newId = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (Number(c) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(c) / 4)))).toString(16)));

  class Embed {
    constructor(element, server) {
      this.root = element.querySelector(".em");
      this.server = server;
      this.form = this.root.querySelector("form.em-form");
      this.door = this.root.querySelector("[data-door]");
      this.making = this.root.querySelector("[data-making]");
      this.ids = { project: newId(), job: newId() };
      this.form.addEventListener("input", () => this.typed());
      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.generate(); });
      this.root.addEventListener("click", (event) => this.clicked(event.target));
      this.door.addEventListener("canvascast:signed-in", (event) => { event.preventDefault(); this.arrived(); });
      this.who();
    }

    part(name) { return this.root.querySelector(`[data-${name}]`); }

    values() {
      const { niche, notes, minutes } = this.form.elements;
      return { niche: niche.value, notes: notes.value, minutes: minutes.value, ...this.ids };
    }

    async who() {
      const who = await window.canvascast.session().catch(() => ({ signed_in: false }));
      this.part("open").hidden = who.signed_in;
      this.part("leave").hidden = !who.signed_in;
      this.part("balance").textContent = who.signed_in ? `${who.balance} credit${who.balance === 1 ? "" : "s"}` : "";
    }

    typed() {
      const minutes = this.form.elements.minutes.value;
      this.part("minutes").textContent = `${minutes} minute${minutes === "1" ? "" : "s"}`;
      this.say("");
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), QUIET_MS);
    }

    async look() {
      if (!this.form.elements.notes.value.trim()) { this.part("carry").textContent = ""; return; }
      const found = await this.server.embed_look(this.values());
      this.part("carry").textContent = found.said || found.problem;
    }

    say(words) {
      const place = this.form.querySelector("[data-problem]");
      place.textContent = words || "";
      place.hidden = !words;
    }

    async generate() {
      const button = this.form.querySelector("button.sd-wide");
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      try {
        const answer = await this.server.embed_make(this.values());
        if (answer.sign_in) return this.show("door");
        if (answer.problem) return this.say(answer.problem);
        this.show("making");
        this.told(answer);
        this.watch();
      } catch {
        this.say("That did not work. Try again in a moment.");
      } finally {
        button.removeAttribute("aria-busy");
      }
    }

    show(name) {
      this.form.hidden = name !== "form";
      this.door.hidden = name !== "door";
      this.making.hidden = name !== "making";
      if (name === "door") window.canvascast.door(this.door, "in").querySelector("input:not([hidden])")?.focus();
    }

    async arrived() {
      this.show("form");
      await this.who();
      if (this.form.elements.notes.value.trim()) this.generate();
    }

    told(answer) {
      this.part("said-now").textContent = answer.said;
      this.part("bar").setAttribute("aria-valuenow", String(answer.progress));
      this.part("bar").firstElementChild.style.width = `${answer.progress}%`;
      this.part("project").href = `/project?id=${encodeURIComponent(this.ids.project)}`;
      if (answer.video && !this.part("film").firstElementChild) this.play(answer);
    }

    play({ video, captions, poster }) {
      const player = Object.assign(document.createElement("video"), { src: video, poster, controls: true, playsInline: true, preload: "metadata", crossOrigin: "anonymous" });
      if (captions) player.append(Object.assign(document.createElement("track"), { src: captions, kind: "captions", srclang: "en", label: "Captions", default: true }));
      this.part("film").append(player);
      this.part("bar").hidden = true;
    }

    watch() {
      clearInterval(this.asking);
      this.asking = setInterval(async () => {
        const answer = await this.server.embed_now({ project: this.ids.project }).catch(() => null);
        if (!answer || answer.problem) return;
        this.told(answer);
        if (answer.ended) { clearInterval(this.asking); this.who(); }
      }, EVERY_MS);
    }

    again() {
      clearInterval(this.asking);
      this.ids = { project: newId(), job: newId() };
      this.part("film").replaceChildren();
      this.part("bar").hidden = false;
      this.show("form");
    }

    async clicked(part) {
      if (part.closest("[data-open]")) return this.show("door");
      if (part.closest("[data-close]")) return this.show("form");
      if (part.closest("[data-another]")) return this.again();
      if (!part.closest("[data-leave]")) return undefined;
      await window.canvascast.post("/session/sign-out", {});
      return this.who();
    }
  }

  window.canvascastEmbed = (element, server) => new Embed(element, server);
})();
