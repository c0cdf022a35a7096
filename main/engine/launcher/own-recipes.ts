import {
  exportRecipes,
  findRecipe,
  keptValues,
  mostRecipes,
  readRecipesFile,
} from '../../../shared/launch/index.ts';
import type { OwnRecipe } from '../../../shared/model/launch.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { PutBack } from '../base/bin.ts';
import type { Random } from '../base/effects.ts';

/** A person's own recipes: kept in memory, shared as a file. Secrets are never part of them. */
export interface OwnRecipes {
  list(): readonly OwnRecipe[];
  /** Without an id it is a new one. `recipe_limit` {max}, `recipe_not_found` for an id that is gone. */
  save(recipe: Omit<OwnRecipe, 'id'> & { readonly id?: string }): Result<{ readonly id: string }>;
  /** `recipe_not_found`; putting back: `recipe_limit` {max}. */
  remove(id: string): Result<PutBack>;
  /** The text of a file with these recipes, or with all. */
  share(ids?: readonly string[]): string;
  /** Takes what such a file holds as new recipes. `recipes_unreadable`, `recipe_limit` {max}. */
  take(text: string): Result<{ readonly count: number }>;
}

export function createOwnRecipes(options: {
  readonly read: () => readonly OwnRecipe[];
  readonly write: (recipes: readonly OwnRecipe[]) => void;
  readonly random: Random;
}): OwnRecipes {
  const { read, write } = options;
  const newId = () =>
    `own-${Math.floor(options.random() * 0x100000000).toString(36)}${read().length.toString(36)}`;
  const full = () => fail('recipe_limit', { params: { max: mostRecipes } });

  return {
    list: read,
    save({ id, name, recipe, values }) {
      const known = findRecipe(recipe);
      const kept = known === undefined ? { ...values } : keptValues(known, values);
      if (id !== undefined && !read().some((own) => own.id === id)) return fail('recipe_not_found');
      if (id === undefined && read().length >= mostRecipes) return full();
      const saved: OwnRecipe = { id: id ?? newId(), name, recipe, values: kept };
      write(id === undefined ? [...read(), saved] : read().map((own) => (own.id === id ? saved : own)));
      return ok({ id: saved.id });
    },
    remove(id) {
      const place = read().findIndex((own) => own.id === id);
      const gone = read()[place];
      if (gone === undefined) return fail('recipe_not_found');
      write(read().filter((own) => own !== gone));
      return ok(() => {
        if (read().length >= mostRecipes) return full();
        write(read().toSpliced(place, 0, gone));
        return ok(null);
      });
    },
    share: (ids) => exportRecipes(read().filter((own) => ids === undefined || ids.includes(own.id))),
    take(text) {
      const taken = readRecipesFile(text);
      if (!taken.ok) return taken;
      if (read().length + taken.value.length > mostRecipes) return full();
      for (const recipe of taken.value) this.save(recipe);
      return ok({ count: taken.value.length });
    },
  };
}
