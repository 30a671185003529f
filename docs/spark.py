"""Checks pairs of texts with duizhao on Spark: spark.py DUIZHAO PAIRS.jsonl OUT

Every line of PAIRS.jsonl is a pair as `duizhao check --stdin` reads it. OUT gets a line a pair: its id and its findings.
"""
import json
import sys

from pyspark.sql import SparkSession

duizhao, pairs, out = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").appName("duizhao").getOrCreate()


def essence(line):
    pair = json.loads(line)
    findings = [[finding["check"], finding["severity"], finding["message"]] for finding in pair["findings"]]
    return json.dumps({"id": pair["id"], "findings": findings}, ensure_ascii=False)


lines = spark.sparkContext.textFile(pairs, minPartitions=4)
# one process a partition; findings are no failure of the job, and Spark spreads the work itself
checked = lines.pipe(f"{duizhao} check --stdin --format jsonl --fail-on never --jobs 1")
checked.map(essence).saveAsTextFile(out)
spark.stop()
