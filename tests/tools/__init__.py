"""What is run by hand: pictures of the page, stopwatches, and what makes training data."""
