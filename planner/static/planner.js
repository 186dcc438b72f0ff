// "Hide this page now": leaves without a way back, so that nobody sees what was read.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-hide]");
  if (link) {
    event.preventDefault();
    document.body.replaceChildren();
    window.location.replace(link.href);
  }
});

// A refused form is read from its summary on.
document.addEventListener("DOMContentLoaded", () => document.getElementById("problems")?.focus());
