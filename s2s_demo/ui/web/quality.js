// Tab Evaluate's progress bar; added to page.js' kinds.
S2S.KINDS.progress = (element, props) => {
  const bar = element.querySelector("progress");
  return () => {
    const at = props.value ? JSON.parse(props.value) : null;
    bar.hidden = !at;
    if (at) Object.assign(bar, at);
    bar.setAttribute("aria-label", "Progress");
  };
};
