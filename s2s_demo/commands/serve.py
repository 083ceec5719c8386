"""Serve: open the page on this machine, as `python app.py` does in a checkout."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", help="address to listen on (GRADIO_SERVER_NAME, else 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (GRADIO_SERVER_PORT, else 7860)")


def run(options: argparse.Namespace) -> None:
    """Build the page and serve it until somebody stops it."""
    from s2s_demo.errors import check_whole
    from s2s_demo.serving.starting import starting

    if options.port is not None:
        check_whole("port", options.port, 1, 65_535)
    with starting():
        from s2s_demo.serving.library import Library
        from s2s_demo.ui import build, first_answer, launch_settings

        library = Library()
        demo = build(library)
    print(first_answer(library), flush=True)
    demo.launch(**launch_settings(), server_name=options.host, server_port=options.port)
