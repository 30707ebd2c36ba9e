package dev.credmill.bench.failpoint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/**
 * Puts fail points into a service from outside, so that the product has none: a method of a {@link
 * FailPoint} begins by looking for a file of that name, and if it can delete it, the process ends
 * at once, as with kill -9.
 */
public final class FailPointAgent {
  private static final ClassDesc FILE = ClassDesc.of("java.io.File");
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final int KILLED = 137;

  private FailPointAgent() {}

  /**
   * Called by the JVM.
   *
   * @param folder where the files are looked for
   */
  public static void premain(String folder, Instrumentation instrumentation) {
    String command = System.getProperty("sun.java.command");
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> type,
              ProtectionDomain domain,
              byte[] bytes) {
            byte[] changed = null;
            for (FailPoint point : FailPoint.values()) {
              if (point.in(name, command)) {
                changed = with(point, Path.of(folder), loader, changed == null ? bytes : changed);
              }
            }
            return changed;
          }
        });
  }

  private static byte[] with(FailPoint point, Path folder, ClassLoader loader, byte[] bytes) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel model = classFile.parse(bytes);
    String file = folder.resolve(point.name()).toString();
    return classFile.transformClass(
        model,
        ClassTransform.transformingMethodBodies(
            method -> point.at(method.methodName().stringValue()), new Entry(file)));
  }

  /** {@code if (new File(name).delete()) Runtime.getRuntime().halt(137)} before all else. */
  private record Entry(String file) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      code.new_(FILE)
          .dup()
          .loadConstant(file)
          .invokespecial(
              FILE,
              ConstantDescs.INIT_NAME,
              MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
          .invokevirtual(FILE, "delete", MethodTypeDesc.of(ConstantDescs.CD_boolean))
          .ifThen(
              then ->
                  then.invokestatic(RUNTIME, "getRuntime", MethodTypeDesc.of(RUNTIME))
                      .loadConstant(KILLED)
                      .invokevirtual(
                          RUNTIME,
                          "halt",
                          MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int)));
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
