package plimsoll.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Checks documents against the schemas in this project. */
public final class JsonSchemas {
  private JsonSchemas() {}

  /**
   * What is wrong with a document.
   *
   * @param schema the schema's file, from the project's root
   */
  public static List<Error> check(String schema, String json) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Project.root().resolve(schema)))
        .validate(json, InputFormat.JSON);
  }
}
