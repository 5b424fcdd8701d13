"""Row 6d: tables of cases on a cluster, by Apache Spark: the columns of one machine on many."""
