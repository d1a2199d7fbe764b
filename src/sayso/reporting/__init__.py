"""Analysis → terminal, HTML, JSON. `view` says what there is to show; the renderers only show it."""
