package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weir.testsupport.Chromium;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * esbuild removes types without looking at them. The TypeScript compiler looks, in strict mode; it runs in Chromium, because the
 * build has no Node.
 */
class CollectorTypesTest {

    private static final String CHECK = """
            files => {
              const options = {
                noEmit: true, strict: true, noUnusedLocals: true, noImplicitReturns: true, noFallthroughCasesInSwitch: true,
                target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ES2020, moduleResolution: ts.ModuleResolutionKind.Bundler,
                lib: ['lib.es2020.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], allowImportingTsExtensions: true,
              };
              const host = {
                fileExists: name => name in files,
                readFile: name => files[name],
                getSourceFile: (name, version) => name in files ? ts.createSourceFile(name, files[name], version) : undefined,
                getDefaultLibFileName: () => '/lib.d.ts',
                getDefaultLibLocation: () => '/',
                getCurrentDirectory: () => '/',
                getCanonicalFileName: name => name,
                useCaseSensitiveFileNames: () => true,
                getNewLine: () => '\\n',
                writeFile: () => {},
              };
              const roots = Object.keys(files).filter(name => name.startsWith('/collector/'));
              const program = ts.createProgram(roots, options, host);
              return ts.getPreEmitDiagnostics(program).map(found => {
                const at = found.file ? found.file.getLineAndCharacterOfPosition(found.start) : null;
                const text = ts.flattenDiagnosticMessageText(found.messageText, ' ');
                return at ? `${found.file.fileName}:${at.line + 1}:${at.character + 1} ${text}` : text;
              });
            }
            """;

    @Test
    void the_collector_is_sound_in_the_eyes_of_the_type_checker() throws IOException {
        var files = new HashMap<String, String>();
        var compiler = compilerAndLibraries(files);
        sources(files);

        List<?> complaints;
        try (var context = Chromium.shared().newContext()) {
            var page = context.newPage();
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(compiler));
            complaints = (List<?>) page.evaluate(CHECK, files);
        }

        assertThat(complaints).isEmpty();
    }

    private static void sources(Map<String, String> files) throws IOException {
        var root = Path.of("src/main/collector");
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file :
                    found.filter(path -> path.toString().endsWith(".ts")).toList()) {
                files.put("/collector/" + root.relativize(file), Files.readString(file));
            }
        }
    }

    private static String compilerAndLibraries(Map<String, String> files) throws IOException {
        var jar = Objects.requireNonNull(CollectorTypesTest.class
                        .getClassLoader()
                        .getResource("META-INF/maven/org.webjars.npm/typescript/pom.properties"))
                .toString();
        try (var archive = FileSystems.newFileSystem(URI.create(jar.substring(0, jar.indexOf('!'))), Map.of());
                Stream<Path> found = Files.walk(archive.getPath("/META-INF/resources/webjars/typescript"))) {
            var compiler = "";
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (name.equals("typescript.js")) {
                    compiler = Files.readString(file);
                } else if (name.startsWith("lib.") && name.endsWith(".d.ts")) {
                    files.put("/" + name, Files.readString(file));
                }
            }
            return compiler;
        }
    }
}
