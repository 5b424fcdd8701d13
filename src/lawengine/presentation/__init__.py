"""Row 8: an analysis for its readers: pages, plots, workbooks and files of figures, in one folder."""
