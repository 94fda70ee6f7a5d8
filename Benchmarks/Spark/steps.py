#!/usr/bin/env python3
"""What each step took, from the event log of a Spark application: steps.py LOG…

One line a step: wall seconds, seconds of the tasks and CPU seconds of Java in them (what `clew-worker` takes beside it is in
the former alone), rows and bytes that were exchanged and spilled, the greatest memory of a task. Counting and adding up
what was written, manifests and questions stand together as "other".
"""
import json
import re
import sys


def lines(paths):
    for path in paths:
        with open(path, encoding="utf-8") as log:
            for line in log:
                # The last line of an application that still runs can be cut off.
                if line.endswith("\n"):
                    yield json.loads(line)


def main(paths):
    names, begun, took, stages = {}, {}, {}, {}
    sums, order = {}, []
    for event in lines(paths):
        kind = event["Event"].rsplit(".", 1)[-1]
        if kind == "SparkListenerSQLExecutionStart":
            plan = event["physicalPlanDescription"]
            # A statement that writes is listed twice, once around the other.
            outer = ("Execute InsertIntoDataSourceDirCommand", "Execute CreateDataSourceTableAsSelectCommand")
            if not any(name in plan for name in outer):
                found = re.search(r"Arguments: \S*/clew-[0-9a-f]+/([a-z_0-9]+)-", plan)
                names[event["executionId"]] = found.group(1) if found else "other"
                begun[event["executionId"]] = event["time"]
        elif kind == "SparkListenerSQLExecutionEnd" and event["executionId"] in names:
            name = names[event["executionId"]]
            took[name] = took.get(name, 0) + event["time"] - begun[event["executionId"]]
            if name not in order:
                order.append(name)
        elif kind == "SparkListenerJobStart":
            execution = event.get("Properties", {}).get("spark.sql.execution.id")
            for stage in event["Stage IDs"]:
                stages[stage] = names.get(int(execution), "other") if execution else "graph"
        elif kind == "SparkListenerTaskEnd" and "Task Metrics" in event:
            name = stages.get(event["Stage ID"], "graph")
            if name not in order:
                order.append(name)
            metrics = event["Task Metrics"]
            shuffle = metrics["Shuffle Write Metrics"]
            total = sums.setdefault(name, [0.0, 0, 0, 0, 0, 0])
            total[0] += metrics["Executor CPU Time"] / 1e9
            total[1] += shuffle["Shuffle Records Written"]
            total[2] += shuffle["Shuffle Bytes Written"]
            total[3] += metrics["Disk Bytes Spilled"]
            total[4] = max(total[4], metrics["Peak Execution Memory"])
            total[5] += metrics["Executor Run Time"] / 1e3
    print(f"{'step':12} {'wall s':>8} {'task s':>8} {'JVM CPU s':>9} {'exchanged rows':>15} {'MB':>9} {'spilled MB':>10} {'task peak MB':>12}")
    for name in order:
        total = sums.get(name, [0.0, 0, 0, 0, 0, 0])
        print(f"{name:12} {took.get(name, 0) / 1e3:8.1f} {total[5]:8.1f} {total[0]:9.1f} {total[1]:15d} "
              f"{total[2] / 1e6:9.1f} {total[3] / 1e6:10.1f} {total[4] / 1e6:12.1f}")


main(sys.argv[1:])
