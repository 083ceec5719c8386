"""Build the demo and serve it: `python app.py`, or a Hugging Face Space.

Gradio's own environment variables are honoured: GRADIO_SERVER_NAME, GRADIO_SERVER_PORT, ...
"""

from s2s_demo.ui import build, launch_settings

demo = build()

if __name__ == "__main__":
    demo.launch(**launch_settings())
