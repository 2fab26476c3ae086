"""One file that a lecturer shows, mails and plays with: the crisis in a browser, exact, without a server."""
