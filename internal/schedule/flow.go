package schedule

import "math"

// network is a directed graph with capacities, for maximum flows by Dinic's
// method. Edges come in pairs: 2k and its reverse 2k+1.
type network struct {
	to, room []int
	next     [][]int // node → its edges
	level    []int
	tried    []int // node → how many of its edges are exhausted
}

const unlimited = math.MaxInt32

func (n *network) node() int {
	n.next = append(n.next, nil)
	return len(n.next) - 1
}

// edge adds an edge with its reverse.
func (n *network) edge(from, to, room int) {
	k := len(n.to)
	n.to = append(n.to, to, from)
	n.room = append(n.room, room, 0)
	n.next[from] = append(n.next[from], k)
	n.next[to] = append(n.next[to], k+1)
}

// flow pushes as much as possible from one node to another and returns how much.
func (n *network) flow(from, to int) (total int) {
	for n.reach(from)[to] >= 0 {
		n.tried = make([]int, len(n.next))
		for {
			pushed := n.push(from, to, unlimited)
			if pushed == 0 {
				break
			}
			total += pushed
		}
	}
	return total
}

// reach gives every node its distance from the start along edges with room
// left, -1 for those that cannot be reached: after a maximum flow, the others
// are this side of a minimum cut.
func (n *network) reach(from int) []int {
	n.level = make([]int, len(n.next))
	for i := range n.level {
		n.level[i] = -1
	}
	n.level[from] = 0
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for _, k := range n.next[queue[0]] {
			if to := n.to[k]; n.room[k] > 0 && n.level[to] < 0 {
				n.level[to] = n.level[queue[0]] + 1
				queue = append(queue, to)
			}
		}
	}
	return n.level
}

// connected finds the nodes that were reached and hang together with the given
// one by edges of either direction, other than through the source.
func (n *network) connected(start int, level []int, source int) []bool {
	part := make([]bool, len(n.next))
	part[start] = true
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		for _, k := range n.next[queue[0]] {
			if to := n.to[k]; !part[to] && to != source && level[to] >= 0 {
				part[to] = true
				queue = append(queue, to)
			}
		}
	}
	return part
}

func (n *network) push(at, to, amount int) int {
	if at == to {
		return amount
	}
	for ; n.tried[at] < len(n.next[at]); n.tried[at]++ {
		k := n.next[at][n.tried[at]]
		if n.room[k] == 0 || n.level[n.to[k]] != n.level[at]+1 {
			continue
		}
		if pushed := n.push(n.to[k], to, min(amount, n.room[k])); pushed > 0 {
			n.room[k] -= pushed
			n.room[k^1] += pushed
			return pushed
		}
	}
	return 0
}
