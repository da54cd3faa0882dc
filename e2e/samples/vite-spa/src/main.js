import "./style.css";

const pages = {
  "/": { title: "One page, many addresses.", text: `Built at deploy time with VITE_GREETING: “${import.meta.env.VITE_GREETING ?? "not set"}”.` },
  "/about": { title: "About", text: "Reload: the server answers every path of this application with index.html." },
};

function show() {
  const { title, text } = pages[location.pathname] ?? { title: "Not here.", text: "There is no such page." };
  const links = Object.entries(pages).map(([path, page]) => `<a href="${path}">${page.title}</a>`);
  document.title = title;
  document.getElementById("app").innerHTML = `<h1></h1><p></p><nav>${links.join(" · ")}</nav>`;
  document.querySelector("h1").textContent = title;
  document.querySelector("p").textContent = text;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || link.origin !== location.origin || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
addEventListener("popstate", show);
show();
