"""What the server sends around the tabs: head, first sight, Gradio's colours, the page in its visitor's language."""
