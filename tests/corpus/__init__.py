"""`make corpus CORPUS=DIR`: how the labelled mails of a folder are judged, and whether the bounds hold."""
