print("ntlearn")
