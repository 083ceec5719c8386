"""Build the demo and serve it: `python app.py`, or a Hugging Face Space.

Gradio's own environment variables are honoured: GRADIO_SERVER_NAME, GRADIO_SERVER_PORT, ...
"""

from s2s_demo.serving.starting import starting

with starting():
    from s2s_demo.serving.library import Library
    from s2s_demo.ui import build, first_answer, launch_settings

    library = Library()
    demo = build(library)

if __name__ == "__main__":
    print(first_answer(library))  # noqa: T201
    demo.launch(**launch_settings())
