"""Row 6d: tables of cases on a cluster, through Apache Spark: the columns of one machine on many."""
