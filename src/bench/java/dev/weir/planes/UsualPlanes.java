package dev.weir.planes;

/** For programs of tests that put Weir together by hand. */
public final class UsualPlanes {

    private UsualPlanes() {}

    public static Planes started() {
        return new Planes(Planes.USUAL);
    }
}
