// The console's small conveniences; every page works without them.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Sorting what is on the page: a click on a heading, again for the other way.
  document.addEventListener("click", event => {
    const button = event.target.closest("th button[data-sort]");
    if (!button) return;
    const heading = button.closest("th");
    const column = [...heading.parentNode.children].indexOf(heading);
    const up = heading.getAttribute("aria-sort") !== "ascending";
    $$("th", heading.parentNode).forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = heading.closest("table").tBodies[0];
    const more = $("tr.more", body);
    const value = row => {
      const cell = row.cells[column];
      const raw = cell?.dataset.v ?? cell?.textContent.trim() ?? "";
      const number = Number(raw);
      return raw !== "" && !Number.isNaN(number) ? number : raw;
    };
    const order = new Intl.Collator("zh-Hans-u-co-pinyin", { numeric: true });
    const rows = $$("tr:not(.more)", body).map(row => [value(row), row]);
    rows.sort(([a], [b]) => typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b)));
    if (!up) rows.reverse();
    rows.forEach(([, row]) => body.append(row));
    if (more) body.append(more);
  });

  // Keys: / finds a member, j and k walk the table, Enter opens, g and a letter goes to a room.
  let going = false;
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (going) {
      going = false;
      const room = $(`.rooms a[data-key="${CSS.escape(event.key)}"]`);
      if (room) { event.preventDefault(); room.click(); }
      return;
    }
    if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1200); return; }
    if (event.key === "/") {
      const find = $("#q") ?? $("#find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
      return;
    }
    if (event.key !== "j" && event.key !== "k" && event.key !== "Enter") return;
    const rows = $$("main table tbody tr:not(.more)").filter(row => $("a", row));
    if (!rows.length) return;
    const at = rows.findIndex(row => row.classList.contains("here"));
    if (event.key === "Enter") {
      if (at >= 0 && document.activeElement === document.body) $("a", rows[at]).click();
      return;
    }
    event.preventDefault();
    const to = Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)));
    rows.forEach(row => row.classList.remove("here"));
    rows[to].classList.add("here");
    rows[to].scrollIntoView({ block: "nearest" });
  });

  // Copying a link, with a word that it was done.
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard?.writeText(button.dataset.copy).then(() => { button.textContent = "已复制"; });
  });

  // Choices that need no button: a select marked so sends its form.
  document.addEventListener("change", event => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });

  // A binding act asks once, in place: the button says what it will do, the second press does it.
  document.addEventListener("submit", event => {
    const button = event.submitter;
    if (!button?.dataset.ask || button.dataset.asked) return;
    event.preventDefault();
    const said = button.textContent;
    button.textContent = button.dataset.ask;
    button.dataset.asked = "1";
    setTimeout(() => { delete button.dataset.asked; button.textContent = said; }, 6000);
  });

  // The rulebook's text: its line numbers go along, and a fault leads to its line.
  const number = area => {
    const gutter = area.previousElementSibling;
    const first = Number(area.dataset.first);
    const count = area.value.split("\n").length;
    if (Number(gutter.dataset.count) !== count) {
      gutter.dataset.count = count;
      gutter.textContent = Array.from({ length: count }, (_, at) => first + at).join("\n");
    }
    gutter.scrollTop = area.scrollTop;
  };
  const lead = line => {
    const area = $$(".code textarea").find(one => {
      const first = Number(one.dataset.first);
      return line >= first && line < first + one.value.split("\n").length;
    });
    if (!area) return false;
    const at = line - Number(area.dataset.first);
    const lines = area.value.split("\n");
    const start = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + lines[at].length);
    area.scrollTop = Math.max(0, (at - 6) * area.scrollHeight / lines.length);
    area.scrollLeft = 0;
    area.scrollIntoView({ block: "nearest" });
    return true;
  };
  const texts = () => {
    $$(".code textarea").forEach(area => {
      number(area);
      area.addEventListener("input", () => number(area));
      area.addEventListener("scroll", () => number(area));
    });
    const wanted = Number($("[data-at]")?.dataset.at);
    if (wanted > 0) lead(wanted);
  };
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-line]");
    if (link && lead(Number(link.dataset.line))) event.preventDefault();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", texts); else texts();

  // Figures. The data stands in the page as JSON; colours come from the sheet, so that dark is dark.
  const charts = [];
  const draw = () => {
    if (!window.echarts) return;
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const text = { color: colour("--ink-3"), fontFamily: colour("--sans"), fontSize: 12 };
    const yuan = fen => "¥" + (fen / 100).toLocaleString("zh-CN", { maximumFractionDigits: 0 });
    const short = fen => fen >= 1e6 ? fen / 1e6 + "万" : fen / 100 + "";
    charts.splice(0).forEach(chart => chart.dispose());
    $$("[data-chart]").forEach(box => {
      const data = JSON.parse($("script", box.parentNode).textContent);
      const chart = window.echarts.init(box, null, { renderer: "svg" });
      const common = {
        animationDuration: 500,
        textStyle: text,
        grid: { left: 8, right: 16, top: 34, bottom: 6, containLabel: true },
        aria: { enabled: true },
        tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colour("--raised"), borderColor: colour("--line"), textStyle: { color: colour("--ink"), fontSize: 12 }, valueFormatter: yuan },
      };
      const axis = { axisLine: { lineStyle: { color: colour("--line") } }, axisTick: { show: false }, axisLabel: text };
      const value = { type: "value", splitNumber: 3, minInterval: 10000, splitLine: { lineStyle: { color: colour("--line-2") } }, axisLabel: { ...text, formatter: short } };
      if (box.dataset.chart === "ageing") {
        chart.setOption({
          ...common,
          grid: { ...common.grid, top: 14, right: 64 },
          xAxis: { ...value, splitLine: { show: false }, axisLabel: { show: false } },
          yAxis: { ...axis, type: "category", inverse: true, data: data.labels, axisLine: { show: false } },
          series: [{
            type: "bar", barWidth: 16, itemStyle: { borderRadius: [2, 6, 6, 2] },
            data: data.fen.map((fen, at) => ({ value: fen, itemStyle: { color: colour(`--chart-${Math.min(at + 1, 4)}`) } })),
            label: { show: true, position: "right", color: colour("--ink-2"), formatter: at => at.value ? yuan(at.value) : "" },
          }],
        });
        if (data.links) chart.on("click", at => { if (data.links[at.dataIndex]) location.href = data.links[at.dataIndex]; });
      } else {
        chart.setOption({
          ...common,
          legend: { top: 0, right: 10, icon: "roundRect", itemWidth: 14, itemHeight: 3, textStyle: text },
          xAxis: { ...axis, type: "category", boundaryGap: false, data: data.labels },
          yAxis: value,
          series: [
            { name: data.names[0], type: "line", data: data.now, showSymbol: false, smooth: .2, lineStyle: { width: 2.5, color: colour("--chart-now") }, itemStyle: { color: colour("--chart-now") }, areaStyle: { color: colour("--chart-now"), opacity: .08 } },
            { name: data.names[1], type: "line", data: data.then, showSymbol: false, smooth: .2, lineStyle: { width: 1.5, type: "dashed", color: colour("--chart-then") }, itemStyle: { color: colour("--chart-then") } },
          ],
        });
      }
      charts.push(chart);
    });
  };
  addEventListener("resize", () => charts.forEach(chart => chart.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw); else draw();
})();
