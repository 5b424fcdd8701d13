"""An analysis for its readers: pages, plots, workbooks and figures, in one folder."""
