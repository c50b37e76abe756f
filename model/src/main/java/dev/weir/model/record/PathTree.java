package dev.weir.model.record;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Paths merged by the names that they share: at each name, whose path ends here, and whose goes on.
 *
 * <p>Readers walk it beside a record, so that one pass over the record serves all paths. It does
 * not change once it is made; the arrays that it gives out are its own and must not be written to.
 */
public final class PathTree {
  private static final int[] NONE = {};
  private static final Pattern PLACE = Pattern.compile("0|[1-9][0-9]{0,8}");

  private final Map<String, PathTree> children = new LinkedHashMap<>();
  private final NavigableMap<Integer, PathTree> items = new TreeMap<>();
  private int[] slots = NONE;
  private int[] below = NONE;

  private PathTree() {}

  /** The tree whose slots are the places of the paths in the list. */
  public static PathTree of(List<FieldPath> paths) {
    PathTree root = new PathTree();
    for (int slot = 0; slot < paths.size(); slot++) {
      root.add(paths.get(slot).names(), slot);
    }
    return root;
  }

  private void add(List<String> names, int slot) {
    PathTree node = this;
    for (String name : names) {
      node.below = with(node.below, slot);
      PathTree child = node.children.computeIfAbsent(name, unused -> new PathTree());
      if (PLACE.matcher(name).matches()) {
        node.items.put(Integer.valueOf(name), child);
      }
      node = child;
    }
    node.slots = with(node.slots, slot);
  }

  private static int[] with(int[] slots, int slot) {
    int[] more = Arrays.copyOf(slots, slots.length + 1);
    more[slots.length] = slot;
    return more;
  }

  /** What lies under a name, or null if no path leads there. */
  public PathTree child(String name) {
    return children.get(name);
  }

  /** What lies under each name, in the order of the paths. */
  public Map<String, PathTree> children() {
    return Collections.unmodifiableMap(children);
  }

  /** What lies at the places of an array, from 0: under each name that is such a number. */
  public NavigableMap<Integer, PathTree> items() {
    return Collections.unmodifiableNavigableMap(items);
  }

  /** The slots whose path ends here. */
  public int[] slots() {
    return slots;
  }

  /** The slots whose path leads through here and on. */
  public int[] below() {
    return below;
  }
}
