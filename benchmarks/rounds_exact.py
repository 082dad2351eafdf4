"""The largest round there can be, by rustworkx: run in its own environment (`benchmarks.peers.rustworkx`).

Reads how many people there are and who may meet whom, as numbers of 4 bytes; prints how many pairs there are at most,
and how many seconds that took.
"""

import array
import sys
import time

import rustworkx  # type: ignore[import-not-found, unused-ignore]


def main() -> None:
    """Read, match, print."""
    given = array.array("I")
    given.frombytes(sys.stdin.buffer.read())
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(given[0]))
    graph.add_edges_from_no_data(list(zip(given[1::2], given[2::2], strict=True)))
    began = time.perf_counter()
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=lambda _: 1)
    print(len(pairs), time.perf_counter() - began)


if __name__ == "__main__":
    main()
