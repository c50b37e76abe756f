package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** The part of a student's loss that draws it to its teacher. */
final class TeacherLoss {
  private TeacherLoss() {}

  /**
   * A loss that is shared out between the data and the teacher, if the batch has one: {@code (1 -
   * α) loss + α scale · distance}.
   *
   * @param loss of the data, one number
   * @param given what the student gives back, {@code [n, m]}, the newest rows' {@code e} columns
   *     last
   * @param scale brings a squared distance into the loss's units
   */
  static NDArray share(NDManager manager, NDArray loss, NDArray given, Batch batch, double scale) {
    if (batch.lesson().isEmpty()) {
      return loss;
    }
    Lesson lesson = batch.lesson().get();
    NDArray distance = distance(manager, given, lesson);
    return Scalars.times(loss, 1 - lesson.weight())
        .add(Scalars.times(distance, lesson.weight() * scale));
  }

  /** The squared distance of the newest rows, as the mean over the values that are present. */
  static NDArray distance(NDManager manager, NDArray given, Lesson lesson) {
    long end = given.getShape().get(1);
    long rows = given.getShape().get(0);
    Shape shape = new Shape(rows, lesson.values().length / rows);
    NDArray newest = given.get(new NDIndex().addAllDim().addSliceDim(end - shape.get(1), end));
    NDArray off =
        newest
            .sub(manager.create(lesson.values(), shape))
            .mul(manager.create(lesson.mask(), shape));
    return Scalars.over(off.mul(off).sum(), lesson.present());
  }
}
