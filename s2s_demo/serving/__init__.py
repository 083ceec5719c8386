"""Many visitors at once, without a page: their questions, the models that answer, what each visitor owns."""
