"use strict";
// Moves a lesson's drawing to a moment of the run, and shows who holds what there. Without this script a page shows the
// whole run. Nothing here knows a figure: all of them stand in the page.
(() => {
  const byId = (id) => document.getElementById(id);
  const slider = byId("moment");
  if (slider) {
    const moments = [...document.querySelectorAll("#told > li")];
    const groups = [...document.querySelectorAll("#sequence .moment")];
    const bodies = [...document.querySelectorAll("#held tbody")];
    const region = byId("sequence");
    const svg = region.querySelector("svg");
    const curtain = svg.querySelector(".curtain");
    const heads = svg.querySelector(".heads");
    const whole = byId("whole");
    const last = moments.length - 1;

    // With the script these anchors name a moment of the drawing: the browser must not scroll to the list as well.
    const anchors = moments.map((moment) => "#" + moment.id);
    for (const moment of moments) moment.removeAttribute("id");

    const secondOf = (moment) => moment.dataset.second;
    const atMoment = (row, at) =>
      Number(row.dataset.from) <= at && !(row.dataset.until && Number(row.dataset.until) <= at);

    const show = () => {
      const chosen = Number(slider.value);
      const moment = moments[chosen];
      const at = Number(moment.dataset.at);
      const all = whole.checked;
      moments.forEach((other, place) => other.classList.toggle("later-moment", !all && place > chosen));
      for (const body of bodies) {
        let some = false;
        for (const row of body.querySelectorAll("tr[data-from]")) {
          const held = all || atMoment(row, at);
          row.classList.toggle("not-held", !held);
          some = some || held;
        }
        body.querySelector(".nothing").hidden = some;
      }
      const second = "second " + secondOf(moment);
      byId("held-when").textContent = all ? "The whole run" : second.replace("s", "S");
      const top = Number(groups[chosen].dataset.bottom);
      const height = svg.viewBox.baseVal.height;
      curtain.setAttribute("y", all ? height : top);
      const story = [...moment.querySelectorAll("[data-step=story]")].map((part) => part.textContent).join(" ");
      const count = (kind) => moment.querySelectorAll("[data-step=" + kind + "]").length;
      const told = all
        ? "the whole run"
        : second + ": " + story + " Gained " + count("gains") + ", lost " + count("loses") + ", sent " + count("passes") + ".";
      byId("now").textContent = told;
      slider.setAttribute("aria-valuetext", all ? "the whole run" : second);
      // Not `disabled`: that would take the focus from the button under somebody's fingers.
      byId("earlier").setAttribute("aria-disabled", String(all || chosen === 0));
      byId("later").setAttribute("aria-disabled", String(!all && chosen === last));
    };

    // Brings the chosen moment into sight within the drawing's own box.
    const reveal = () => {
      const group = groups[Number(slider.value)].dataset;
      const scale = svg.getBoundingClientRect().height / svg.viewBox.baseVal.height;
      const head = Number(svg.dataset.head);
      const room = region.clientHeight;
      const from = (Number(group.top) - head) * scale;
      const to = Number(group.bottom) * scale;
      if (from < region.scrollTop || to > region.scrollTop + room) {
        region.scrollTop = Math.max(0, Math.min(from, to - room + 4));
        if (to - from > room) region.scrollTop = from;
      }
    };

    const go = (place) => {
      slider.value = String(Math.max(0, Math.min(last, place)));
      show();
      reveal();
    };
    const chosenByHand = (place) => {
      whole.checked = false;
      go(place);
      try {
        history.replaceState(null, "", "#second=" + secondOf(moments[Number(slider.value)]));
      } catch {
        // Some browsers keep a file's address as it is.
      }
    };
    // "#second=20" names a moment; between two of them the earlier one is meant.
    const fromAddress = () => {
      const named = /^#second=(\d+(?:\.\d+)?)$/.exec(location.hash);
      if (!named) return false;
      const wanted = Math.round(Number(named[1]) * 1000);
      const after = moments.findIndex((moment) => Number(moment.dataset.at) > wanted);
      whole.checked = false;
      go(after < 0 ? last : Math.max(0, after - 1));
      byId("controls").scrollIntoView({ block: "start" });
      return true;
    };

    slider.addEventListener("input", () => chosenByHand(Number(slider.value)));
    // From the whole run the first step leads to its beginning, by key and by button.
    slider.addEventListener("keydown", (event) => {
      if (!whole.checked || !event.key.startsWith("Arrow")) return;
      event.preventDefault();
      chosenByHand(0);
    });
    byId("earlier").addEventListener("click", () => whole.checked || chosenByHand(Number(slider.value) - 1));
    byId("later").addEventListener("click", () => chosenByHand(whole.checked ? 0 : Number(slider.value) + 1));
    whole.addEventListener("change", show);
    for (const link of document.querySelectorAll(".chapters a")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        chosenByHand(anchors.indexOf(link.getAttribute("href")));
      });
    }
    addEventListener("hashchange", fromAddress);
    // The lanes' names stay in sight.
    region.addEventListener("scroll", () => {
      const scale = svg.getBoundingClientRect().height / svg.viewBox.baseVal.height;
      heads.setAttribute("transform", "translate(0 " + region.scrollTop / scale + ")");
    });
    // On paper everything is there, and the table's title says so.
    addEventListener("beforeprint", () => (byId("held-when").textContent = "The whole run"));
    addEventListener("afterprint", show);

    byId("controls").hidden = false;
    whole.checked = !location.hash.startsWith("#second=");
    slider.value = "0";
    if (!fromAddress()) show();
  }
  // Messages that are folded away are on paper too; afterwards they are folded as they were.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.bytes-more:not([open])")];
    for (const message of opened) message.open = true;
  });
  addEventListener("afterprint", () => {
    for (const message of opened) message.open = false;
  });
  document.documentElement.dataset.ready = "yes";
})();
