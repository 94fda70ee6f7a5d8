// What Swift cannot reach in the C library: macros and arguments whose types changed between versions.
#ifndef CLEW_CGRAPHVIZ_H
#define CLEW_CGRAPHVIZ_H

#include <stddef.h>
#include <stdlib.h>
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

/// Sends every message of the library to `report`; errors and warnings alike.
static inline void cgv_report(int (*report)(char *)) {
  agseterrf(report);
  agseterr(AGWARN);
}

/// Parses DOT text; NULL when it is not DOT.
static inline Agraph_t *cgv_parse(const char *dot) { return agmemread((char *)dot); }

/// Places the graph with one engine; 0 when done.
static inline int cgv_layout(GVC_t *context, Agraph_t *graph, const char *engine) {
  return gvLayout(context, graph, (char *)engine);
}

/// Draws a placed graph into memory that `cgv_free` gives back; 0 when done.
static inline int cgv_render(
    GVC_t *context, Agraph_t *graph, const char *format, char **bytes, size_t *count) {
  unsigned int length = 0;
  int status = gvRenderData(context, graph, (char *)format, bytes, &length);
  *count = length;
  return status;
}

static inline void cgv_free(char *bytes) { gvFreeRenderData(bytes); }

static inline void cgv_close(GVC_t *context, Agraph_t *graph) {
  gvFreeLayout(context, graph);
  agclose(graph);
}

#endif
