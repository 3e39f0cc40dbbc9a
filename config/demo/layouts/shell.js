// Draws an invented site in the browser, as many real ones do: the HTML alone holds nothing.
const root = document.getElementById("root");
const link = (url, text) => `<a href="${url}">${text}</a>`;
fetch("/assets/site.json").then((answer) => answer.json()).then((site) => {
  const posts = site.posts.map((post) => `<article class="post"><h2>${link(post.url, post.title)}</h2>` +
    `<time datetime="${post.at}">${post.at}</time></article>`);
  const channels = Object.entries(site.channels).map(([name, url]) => link(url, name));
  root.innerHTML = `<nav>${link("/blog/", "Blog")}</nav><main>${posts.join("")}</main>` +
    `<footer>${channels.join(" ")}</footer>`;
});
