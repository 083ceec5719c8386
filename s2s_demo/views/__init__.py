"""Records as Plotly figures: pure functions, no torch, no gradio."""
