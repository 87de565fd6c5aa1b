/** A contract with what openapi.yaml hasn't: parameters, a JSON body, schemas that refer to themselves. */
export const things = `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /things/{id}:
    post:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, maximum: 100, default: 10 } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: X-Trace, in: header, schema: { type: string } }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Thing' }
      responses:
        '200':
          description: A thing
          content:
            application/json:
              schema:
                type: object
                not: { required: [x] }
                properties:
                  thing: { $ref: '#/components/schemas/Thing' }
                  other: { $ref: '#/components/schemas/Thing' }
                  tree: { $ref: '#/components/schemas/Tree' }
                  loop: { $ref: '#/components/schemas/Loop' }
components:
  schemas:
    Thing:
      type: object
      additionalProperties: false
      properties:
        color: { enum: [red, green, null] }
        weight: { type: number }
    Tree:
      type: object
      properties:
        name: { type: string, minLength: 1 }
        children: { type: array, items: { $ref: '#/components/schemas/Tree' } }
        next: { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] }
    Loop: { type: object }
`
