import org.apache.spark.graphx.{Edge, Graph}
import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.storage.StorageLevel

/** GraphX on a Parquet of edges, for comparison: GraphXPeer MEASURE EDGES OUT [ROUNDS]
  *
  * `numbers` makes the edges from a table of invented payments: the digits of the accounts.
  */
object GraphXPeer {
  def main(arguments: Array[String]): Unit = {
    val session = SparkSession.builder().getOrCreate()
    import session.implicits._
    val Array(measure, in, out) = arguments.take(3)
    val began = System.nanoTime()
    measure match {
      case "numbers" =>
        session.read.option("header", "true").csv(in)
          .selectExpr("CAST(substr(`from`, 8) AS BIGINT) AS source", "CAST(substr(`to`, 8) AS BIGINT) AS target")
          .write.parquet(out)
      case "components" =>
        graph(session.read.parquet(in)).connectedComponents().vertices.toDF("node", "value").write.parquet(out)
      case "pagerank" =>
        graph(session.read.parquet(in)).staticPageRank(arguments(3).toInt).vertices.toDF("node", "value")
          .write.parquet(out)
      case "csv" => // An answer as one file, to be compared.
        session.read.parquet(in).orderBy("node").coalesce(1).write.option("sep", "\t").csv(out)
    }
    println(f"seconds ${(System.nanoTime() - began) / 1e9}%.1f")
    session.stop()
  }

  private def graph(rows: DataFrame): Graph[Int, Int] = Graph.fromEdges(
    rows.select("source", "target").rdd.map(row => Edge(row.getLong(0), row.getLong(1), 1)),
    0,
    StorageLevel.MEMORY_AND_DISK,
    StorageLevel.MEMORY_AND_DISK
  )
}
