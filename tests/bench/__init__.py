"""`make bench`: how many mails a second the daemon answers, beside a bare loop over the same mails in the same run."""
